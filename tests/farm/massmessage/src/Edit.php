<?php

namespace FarmMassMessage;

use ApiMain;
use DerivativeContext;
use DerivativeRequest;
use RequestContext;
use Title;
use User;

/**
 * Adds a section by action=edit, as MassMessage does it, so that all that refuses an edit refuses this one.
 *
 * The original is in includes/MessageSender.php (MassMessage REL1_43).
 */
class Edit {

	/**
	 * @param User $account
	 * @param Title $title
	 * @param string $subject
	 * @param string $text
	 * @return int the new revision; 0 if it was not saved, without an error (a captcha)
	 * @throws \ApiUsageException what the API refuses
	 */
	public static function addSection( User $account, Title $title, string $subject, string $text ): int {
		$main = RequestContext::getMain();
		$main->setUser( $account );
		$context = new DerivativeContext( $main );
		$params = [
			'action' => 'edit',
			'title' => $title->getPrefixedText(),
			'section' => 'new',
			'summary' => $subject,
			'text' => $text,
			'notminor' => true,
			'token' => $account->getEditToken(),
		] + ( $title->inNamespace( NS_USER_TALK ) ? [ 'bot' => true ] : [] );
		$context->setRequest( new DerivativeRequest( $main->getRequest(), $params, true ) );
		$api = new ApiMain( $context, true );
		$api->execute();
		return (int)$api->getResult()->getResultData( [ 'edit', 'newrevid' ] );
	}
}
