<?php

namespace FarmGlobalUserInfo;

use ApiQueryBase;
use ApiResult;
use MediaWiki\MediaWikiServices;
use Wikimedia\ParamValidator\ParamValidator;

/**
 * meta=globaluserinfo, answered from the databases of the farm.
 *
 * An account is global if at least one wiki has it; all accounts of one name
 * belong together unless global.json says otherwise.
 */
class ApiQueryGlobalUserInfo extends ApiQueryBase {

	/** @param \ApiQuery $query @param string $moduleName */
	public function __construct( $query, $moduleName ) {
		parent::__construct( $query, $moduleName, 'gui' );
	}

	/** @inheritDoc */
	public function execute() {
		$params = $this->extractRequestParams();
		$this->requireMaxOneParameter( $params, 'user', 'id' );
		$accounts = new GlobalAccounts( $this->getConfig()->get( 'FarmGlobalUserInfoRun' ) );
		$name = $this->wantedName( $params, $accounts );
		$account = $name === null ? null : $accounts->find( $name );
		$answer = $account === null || ( $account['facts']['hidden'] ?? false )
			? [ 'missing' => true ]
			: $this->describe( $account, array_fill_keys( (array)$params['prop'], true ) );
		$this->getResult()->addValue( 'query', $this->getModuleName(), $answer );
	}

	private function wantedName( array $params, GlobalAccounts $accounts ): ?string {
		if ( $params['id'] !== null ) {
			$name = $accounts->nameOf( $params['id'] );
			if ( $name === null ) {
				$this->dieWithError( [ 'farmglobaluserinfo-baduserid', $params['id'] ], 'invaliduser' );
			}
			return $name;
		}
		if ( $params['user'] === null ) {
			return $this->getUser()->isRegistered() ? $this->getUser()->getName() : null;
		}
		$utils = MediaWikiServices::getInstance()->getUserNameUtils();
		$name = $utils->getCanonical( $params['user'] );
		if ( $name === false || $utils->isIP( $params['user'] ) ) {
			$message = [ 'farmglobaluserinfo-baduser', 'guiuser', wfEscapeWikiText( $params['user'] ) ];
			$this->dieWithError( $message, 'baduser' );
		}
		return $name;
	}

	private function describe( array $account, array $prop ): array {
		$answer = [
			'home' => $account['home'],
			'id' => $account['id'],
			'registration' => $account['registration'],
			'name' => $account['name'],
		];
		if ( $account['facts']['locked'] ?? false ) {
			$answer['locked'] = true;
		}
		foreach ( [ 'groups' => 'g', 'rights' => 'r' ] as $key => $tag ) {
			if ( isset( $prop[$key] ) ) {
				$answer[$key] = $account['facts'][$key] ?? [];
				ApiResult::setIndexedTagName( $answer[$key], $tag );
			}
		}
		foreach ( [ 'merged', 'unattached' ] as $key ) {
			if ( isset( $prop[$key] ) ) {
				$answer[$key] = array_map( [ $this, 'markLists' ], $account[$key] );
				ApiResult::setIndexedTagName( $answer[$key], 'account' );
			}
		}
		if ( isset( $prop['editcount'] ) ) {
			$answer['editcount'] = $account['facts']['editcount']
				?? array_sum( array_column( $account['merged'], 'editcount' ) );
		}
		return $answer;
	}

	private function markLists( array $local ): array {
		if ( isset( $local['groups'] ) ) {
			ApiResult::setIndexedTagName( $local['groups'], 'group' );
		}
		return $local;
	}

	/** @inheritDoc */
	public function getAllowedParams() {
		return [
			'user' => [ ParamValidator::PARAM_TYPE => 'string' ],
			'id' => [ ParamValidator::PARAM_TYPE => 'integer' ],
			'prop' => [
				ParamValidator::PARAM_TYPE => [ 'groups', 'rights', 'merged', 'unattached', 'editcount' ],
				ParamValidator::PARAM_ISMULTI => true,
			],
		];
	}
}
