<?php

namespace FarmMassMessage;

use FormSpecialPage;
use HTMLForm;
use Status;

/**
 * Special:MassMessage: a form that its address can fill, its preview, and its sending.
 *
 * As in the original, a GET shows the form and no more; a preview is a POST with a token, and it alone brings the
 * button that sends. Warnings do not take that button away (MassMessage REL1_43,
 * includes/Specials/SpecialMassMessage.php).
 */
class SpecialMassMessage extends FormSpecialPage {

	private const FIELDS = [ 'spamlist', 'subject', 'page-message', 'message' ];

	private bool $sends = false;
	private int $count = 0;

	public function __construct() {
		parent::__construct( 'MassMessage', 'massmessage' );
	}

	/** @inheritDoc */
	public function doesWrites() {
		return true;
	}

	/** @inheritDoc */
	public function execute( $par ) {
		$this->sends = $this->getRequest()->getCheck( 'submit-button' );
		parent::execute( $par );
	}

	/** @inheritDoc */
	protected function getDisplayFormat() {
		return 'ooui';
	}

	/** @inheritDoc */
	protected function alterForm( HTMLForm $form ) {
		$form->setId( 'mw-massmessage-form' )->suppressDefaultSubmit()->setMethod( 'post' );
	}

	/** @inheritDoc */
	protected function getFormFields() {
		$fields = [
			'spamlist' => $this->field( 'spamlist', 'title' ),
			'subject' => [ 'maxlength' => 240 ] + $this->field( 'subject', 'text' ),
			'page-message' => [ 'required' => false ] + $this->field( 'page-message', 'title' ),
			'message' => $this->field( 'message', 'textarea' ),
		];
		if ( $this->getRequest()->getCheck( 'preview-button' ) && $this->read( $this->wanted() )->isOK() ) {
			$fields['submit-button'] = $this->button( 'submit' );
		}
		return $fields + [ 'preview-button' => $this->button( 'preview' ) ];
	}

	private function field( string $name, string $type ): array {
		return [
			'id' => "mw-massmessage-form-$name",
			'name' => $name,
			'type' => $type,
			'label-message' => "farmmassmessage-form-$name",
			'default' => $this->getRequest()->getText( $name ),
		];
	}

	private function button( string $what ): array {
		return [
			'id' => "mw-massmessage-form-$what-button",
			'name' => "$what-button",
			'type' => 'submit',
			'default' => $this->msg( "farmmassmessage-form-$what" )->text(),
		];
	}

	private function wanted(): array {
		$request = $this->getRequest();
		return array_combine( self::FIELDS, array_map( [ $request, 'getText' ], self::FIELDS ) );
	}

	private function read( array $params ): Status {
		return Message::read( array_intersect_key( $params, array_flip( self::FIELDS ) ), $this->getUser() );
	}

	/** @inheritDoc */
	public function onSubmit( array $data ) {
		$status = $this->read( $data );
		if ( !$status->isOK() ) {
			return $status;
		}
		if ( $this->sends ) {
			$this->count = Sending::send( $status->getValue(), $this->getUser() );
			return true;
		}
		$warnings = ( new Preview( $status->getValue(), $this->getOutput() ) )->show();
		// "false" shows the form once more, as after no attempt.
		return $warnings->isGood() ? false : $warnings;
	}

	/** @inheritDoc */
	public function onSuccess() {
		$this->getOutput()->addWikiMsg( 'massmessage-submitted', $this->getLanguage()->formatNum( $this->count ) );
	}
}
