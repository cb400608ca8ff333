<?php

namespace FarmGlobalUserInfo;

use ApiQueryBase;
use ApiResult;
use MediaWiki\MediaWikiServices;
use MediaWiki\ParamValidator\TypeDef\UserDef;
use Wikimedia\ParamValidator\ParamValidator;

/**
 * meta=globaluserinfo, answered from the databases of the farm.
 *
 * The shape is that of includes/Api/ApiQueryGlobalUserInfo.php (CentralAuth REL1_43). An account is global if at least one wiki has it; all accounts of one name
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
		$accounts = new GlobalAccounts( $this->getConfig()->get( 'FarmGlobalUserInfoRun' ) );
		$name = $this->wantedName( $params, $accounts );
		$account = $accounts->find( $name );
		$prop = array_fill_keys( (array)$params['prop'], true );
		$answer = $account === null || ( $account['facts']['hidden'] ?? false )
			? [ 'missing' => true ]
			: $this->describe( $account, $prop );
		if ( isset( $prop['unattached'] ) ) {
			$answer['unattached'] = $this->accounts( $accounts->unattached( $name ) );
		}
		$this->getResult()->addValue( 'query', $this->getModuleName(), $answer );
	}

	private function wantedName( array $params, GlobalAccounts $accounts ): string {
		if ( $params['user'] === null && $params['id'] !== null ) {
			$name = $accounts->nameOf( $params['id'] );
			if ( $name === null ) {
				$this->dieWithError( [ 'apierror-invaliduserid', wfEscapeWikiText( $params['id'] ) ] );
			}
			return $name;
		}
		$given = $params['user'] ?? $this->getUser()->getName();
		$name = MediaWikiServices::getInstance()->getUserNameUtils()->getCanonical( $given );
		if ( $name === false && $params['user'] !== null ) {
			$this->dieWithError( [ 'apierror-invaliduser', wfEscapeWikiText( $given ) ] );
		}
		return $name === false ? $given : $name;
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
		if ( isset( $prop['merged'] ) ) {
			$answer['merged'] = $this->accounts( $account['merged'] );
		}
		if ( isset( $prop['editcount'] ) ) {
			$answer['editcount'] = $account['facts']['editcount']
				?? array_sum( array_column( $account['merged'], 'editcount' ) );
		}
		return $answer;
	}

	private function accounts( array $locals ): array {
		foreach ( $locals as &$local ) {
			if ( isset( $local['groups'] ) ) {
				ApiResult::setIndexedTagName( $local['groups'], 'group' );
			}
		}
		unset( $local );
		ApiResult::setIndexedTagName( $locals, 'account' );
		return $locals;
	}

	/** @inheritDoc */
	public function getAllowedParams() {
		return [
			'user' => [
				ParamValidator::PARAM_TYPE => 'user',
				UserDef::PARAM_ALLOWED_USER_TYPES => self::userTypes(),
			],
			'id' => [ ParamValidator::PARAM_TYPE => 'integer' ],
			'prop' => [
				ParamValidator::PARAM_TYPE => [ 'groups', 'rights', 'merged', 'unattached', 'editcount' ],
				ParamValidator::PARAM_ISMULTI => true,
			],
		];
	}

	/** MediaWiki itself refuses the other types: addresses, and numbers ("#5"). */
	private static function userTypes(): array {
		$temporary = version_compare( MW_VERSION, '1.40', '<' ) ? [] : [ 'temp' ];
		return array_merge( [ 'name', 'interwiki' ], $temporary );
	}
}
